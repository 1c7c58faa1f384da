/** A wallet's rules: what the forms ask for becomes the next version, which the vault shows and signs. */
async function rules() {
  const { wallet: id } = part('ids').dataset;
  const path = `/api/wallets/${id}`;
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
      location.assign(`/wallets/${id}/rules`);
    },
  });
}

/** Each form: how it shows the rules, and what it makes of them. */
const ruleForms = {
  limits: {
    fill: (fields, { perSend, amounts, counts, feePercent }) => {
      const all = ofAll(amounts)[0];
      fields.perSend.value = perSend === undefined ? '' : btc(perSend);
      fields.amount.value = all ? btc(all.most) : '';
      fields.amountHours.value = all ? all.seconds / 3600 : 24;
      fields.count.value = counts[0]?.most ?? '';
      fields.countHours.value = counts[0] ? counts[0].seconds / 3600 : 24;
      fields.feePercent.value = feePercent || '';
    },
    read: (fields, { amounts }) => ({
      perSend: satsOf(fields.perSend.value),
      amounts: [...within(satsOf(fields.amount.value), fields.amountHours), ...amounts.filter(({ by }) => by)],
      counts: within(wholeOf(fields.count.value), fields.countHours),
      feePercent: wholeOf(fields.feePercent.value) ?? 0,
    }),
  },
  members: {
    fill: (fields, { amounts }) => {
      const each = amounts.filter(({ by }) => by);
      fields.eachHours.value = each[0] ? each[0].seconds / 3600 : 24;
      for (const field of named(fields, 'each')) {
        const own = each.find(({ by }) => by.id === field.dataset.id);
        field.value = own ? btc(own.most) : '';
      }
    },
    read: (fields, { amounts }) => ({
      amounts: [...ofAll(amounts), ...named(fields, 'each').flatMap(({ value, dataset }) => within(satsOf(value), fields.eachHours)
        .map((limit) => ({ ...limit, by: { id: dataset.id, name: dataset.name } })))],
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

function ofAll(amounts) {
  return amounts.filter(({ by }) => !by);
}

function named(fields, wanted) {
  return [...fields].filter(({ name }) => name === wanted);
}

function within(most, hours) {
  return most === undefined ? [] : [{ seconds: (wholeOf(hours.value) ?? 0) * 3600, most }];
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
