/** A wallet's rules: what the forms ask for becomes the next version, which the vault shows and signs. */
async function rules() {
  const { wallet: id } = part('ids').dataset;
  const path = `/api/wallets/${id}`;
  part('check-held')?.addEventListener('click', () => checkRules(id).catch(complain));
  show(part('check-held'));
  const forms = [...document.querySelectorAll('form[data-rule]')];
  if (forms.length === 0) return;
  const policy = await get(`${path}/policy`);
  const now = rulesInForce(policy);
  for (const form of forms) {
    ruleForms[form.dataset.rule].fill(form.elements, now);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      calm();
      try {
        const next = { ...now, ...ruleForms[form.dataset.rule].read(form.elements, now) };
        signRules(id, policy, ruleText(next)).catch(complain);
      } catch (error) {
        complain(error);
      }
    });
  }
  show(part('begin'));
}

const NO_RULES = { amounts: [], counts: [], bookOnly: false, book: [], blocked: [], firstTimeHours: 0, feePercent: 0, networks: [], delayHours: 48 };

/** The version that holds; the vault verifies it before it signs the next. */
function rulesInForce({ documents, cancelled, now }) {
  const holds = documents.filter(({ version, notBefore }) => notBefore <= now && !cancelled.includes(version)).at(-1);
  return holds ? JSON.parse(holds.rules) : NO_RULES;
}

/** One text for the same rules, whatever form they come from. */
function ruleText({ perSend, amounts, counts, bookOnly, book, blocked, hold, firstTimeHours, hours, feePercent, networks, delayHours, approvals, newDeviceHours }) {
  return JSON.stringify({ perSend, amounts, counts, bookOnly, book, blocked, hold, firstTimeHours, hours, feePercent, networks, delayHours, approvals, newDeviceHours });
}

async function signRules(id, policy, text) {
  const path = `/api/wallets/${id}`;
  show(part('begin'), false);
  const pin = pins.get(id);
  const task = get(path).then((wallet) => ({ type: 'sign-rules', wallet, ...(pin && { pin }), ...seen.get(id, 'policy'), policy, rules: text }));
  await openVault(task, {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    'rules-signed': async ({ document: signedRules }) => {
      await withCode((code) => post(`${path}/policy`, { document: signedRules, code }));
      seen.set(id, 'policy', signedRules.version);
      show(part('signed'));
      return { type: 'rules-stored' };
    },
    closed: () => {},
  });
}

/** What the server says that its co-signer holds of a wallet's rules; the vault believes the signature in it alone. */
async function heldRules({ wallet: id, nonce }) {
  const held = await post(`/api/wallets/${id}/policy/held`, { nonce }).catch(() => undefined);
  return { type: 'rules-held', ...(held && { held }), ...seen.get(id, 'policy') };
}

/** Has the vault ask whoever co-signs what it holds, and whether it has stopped. */
async function checkRules(id) {
  const pin = pins.get(id);
  calm();
  show(part('begin'), false);
  const task = get(`/api/wallets/${id}`).then((wallet) => ({ type: 'check-rules', wallet, ...(pin && { pin }) }));
  await openVault(task, {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    closed: () => {},
  });
  part('vault').scrollIntoView();
}

/** Each form: how it shows the rules, and what it makes of them. */
const ruleForms = {
  limits: {
    fill: (fields, { perSend, amounts, counts, feePercent }) => {
      fields.perSend.value = perSend === undefined ? '' : btc(perSend);
      fillWindows(fields.amounts, amounts.filter(({ by }) => !by), btc);
      fillWindows(fields.counts, counts, String);
      fields.feePercent.value = feePercent || '';
    },
    read: (fields, { amounts }) => ({
      perSend: satsOf(fields.perSend.value),
      amounts: [...windowsOf(fields.amounts, satsOf), ...amounts.filter(({ by }) => by)],
      counts: windowsOf(fields.counts, wholeOf),
      feePercent: wholeOf(fields.feePercent.value) ?? 0,
    }),
  },
  members: {
    fill: (fields, { amounts }) => {
      const each = amounts.filter(({ by }) => by);
      fillWindows(fields.each, each, btc);
      if (each.length > 0) show(fields.each.form);
    },
    read: (fields, { amounts }) => ({
      amounts: [...amounts.filter(({ by }) => !by), ...windowsOf(fields.each, satsOf)],
    }),
  },
  waits: {
    fill: (fields, { hold, firstTimeHours, newDeviceHours, delayHours }) => {
      fields.holdAbove.value = hold ? btc(hold.above) : '';
      fields.holdHours.value = hold?.hours ?? 24;
      fields.firstTimeHours.value = firstTimeHours || '';
      fields.newDeviceHours.value = newDeviceHours ?? '';
      fields.delayHours.value = delayHours;
    },
    read: (fields) => {
      const above = satsOf(fields.holdAbove.value);
      return {
        hold: above === undefined ? undefined : { above, hours: wholeOf(fields.holdHours.value) ?? 0 },
        firstTimeHours: wholeOf(fields.firstTimeHours.value) ?? 0,
        newDeviceHours: wholeOf(fields.newDeviceHours.value) || undefined,
        delayHours: wholeOf(fields.delayHours.value) ?? 0,
      };
    },
  },
  approvals: {
    fill: (fields, { approvals }) => {
      fields.approvalsAbove.value = approvals ? btc(approvals.above) : '';
      fields.approvalsNeeded.value = approvals?.needed ?? 1;
      fields.approvalsHours.value = approvals?.hours ?? 72;
      for (const box of named(fields, 'approver')) box.checked = approvals?.by.some(({ id }) => id === box.value) ?? false;
    },
    read: (fields) => {
      const above = satsOf(fields.approvalsAbove.value);
      const by = named(fields, 'approver').filter(({ checked }) => checked).map(({ value, dataset }) => ({ id: value, name: dataset.name }));
      return {
        approvals: above === undefined ? undefined : { above, needed: wholeOf(fields.approvalsNeeded.value) ?? 0, hours: wholeOf(fields.approvalsHours.value) ?? 0, by },
      };
    },
  },
  book: {
    fill: (fields, { book, bookOnly, blocked }) => {
      fields.book.value = book.map(({ name, address }) => `${address} ${name}`).join('\n');
      fields.bookOnly.checked = bookOnly;
      fields.blocked.value = blocked.join('\n');
    },
    read: (fields) => ({
      book: linesOf(fields.book).map((line) => {
        const [address, ...name] = line.split(/\s+/);
        return { name: name.join(' '), address };
      }),
      bookOnly: fields.bookOnly.checked,
      blocked: linesOf(fields.blocked),
    }),
  },
  when: {
    fill: (fields, { hours, networks }) => {
      fields.from.value = hours ? clockOf(hours.from) : '';
      fields.to.value = hours ? clockOf(hours.to) : '';
      fields.zone.value = hours?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      fields.networks.value = networks.join('\n');
    },
    read: (fields) => ({
      hours: fields.from.value.trim() === '' && fields.to.value.trim() === ''
        ? undefined
        : { from: minuteOf(fields.from.value), to: minuteOf(fields.to.value), zone: fields.zone.value.trim() },
      networks: linesOf(fields.networks),
    }),
  },
};

function named(fields, wanted) {
  return [...fields].filter(({ name }) => name === wanted);
}

/** The limits of one list, a row each, with one empty row where there is none. */
function fillWindows(list, limits, text) {
  const rows = part('rows', list);
  const more = part('add', list);
  const look = () => { more.disabled = rows.children.length >= Number(list.dataset.most); };
  const add = (limit) => {
    const row = part('window', list).content.firstElementChild.cloneNode(true);
    if (limit) fillWindow(row, limit, text);
    part('remove', row).addEventListener('click', () => {
      row.remove();
      if (rows.children.length === 0) add();
      look();
      more.focus();
    });
    rows.append(row);
    look();
    return row;
  };
  more.addEventListener('click', () => add().querySelector('select, input').focus());
  (limits.length > 0 ? limits : [undefined]).forEach(add);
}

function fillWindow(row, { most, seconds, by }, text) {
  const fields = windowFields(row);
  fields.most.value = text(most);
  fields.hours.value = seconds / 3600;
  fields.hours.dataset.seconds = seconds;
  if (!by) return;
  if (![...fields.by.options].some(({ value }) => value === by.id)) fields.by.add(new Option(by.name, by.id));
  fields.by.value = by.id;
  fields.by.selectedOptions[0].dataset.name = by.name;
}

/** The limits that the rows hold; a row without a number is none. */
function windowsOf(list, number) {
  return [...part('rows', list).children].map(windowFields).flatMap(({ most, hours, by }) => {
    const limit = number(most.value);
    return limit === undefined ? [] : [{ seconds: secondsOf(hours), most: limit, ...(by && { by: personOf(by) }) }];
  });
}

function windowFields(row) {
  return Object.fromEntries([...row.querySelectorAll('input, select')].map((field) => [field.name, field]));
}

/** A time in hours; what was not touched is what it was, to the second. */
function secondsOf({ value, dataset: { seconds } }) {
  if (seconds && value === String(seconds / 3600)) return Number(seconds);
  return Math.round(Number(/^\d{1,3}(\.\d{1,2})?$/.exec(value.trim())?.[0] ?? refuseRule()) * 3600);
}

/** The member that a row is for, by the name that is signed already where there is one. */
function personOf({ selectedOptions: [{ value, text, dataset }] }) {
  return value === '' ? refuseRule() : { id: value, name: dataset.name ?? text };
}

function linesOf(field) {
  return field.value.split('\n').map((line) => line.trim()).filter(Boolean);
}

/** Bitcoin as satoshis, computed on digits; undefined for nothing. A comma is refused: 1,000 could be a thousand or one. */
function satsOf(text) {
  const typed = text.trim();
  if (typed === '') return undefined;
  const [, whole, decimals = ''] = /^(\d{1,8})(?:\.(\d{1,8}))?$/.exec(typed) ?? refuseRule('amount-malformed');
  return Number(whole + decimals.padEnd(8, '0'));
}

function wholeOf(text) {
  const typed = text.trim();
  if (typed === '') return undefined;
  return Number(/^\d{1,6}$/.exec(typed)?.[0] ?? refuseRule());
}

function minuteOf(text) {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? refuseRule();
  return Number(hours) * 60 + Number(minutes);
}

function clockOf(minute) {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function refuseRule(token = 'rule-unreadable') {
  throw new Refused(token);
}

/** What the rules say of a send, beside the vault and before the passcode. */
async function verdict(path, recipients, fee) {
  const box = part('verdict');
  if (!box) return;
  const { refused, heldUntil, reasons } = await post(`${path}/verdict`, { recipients, fee });
  part('verdict-title').textContent = refused ? 'Your rules do not allow it' : 'It will wait';
  part('verdict-reasons').replaceChildren(...reasons.map((reason) => {
    const line = document.createElement('li');
    line.textContent = reason;
    return line;
  }));
  box.dataset.refused = String(refused);
  show(box, refused || heldUntil !== undefined);
}
