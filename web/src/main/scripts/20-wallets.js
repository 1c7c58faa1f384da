/** The ceremony: the vault makes the keys, the page carries what is public to the server and back. */
function newWallet() {
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  const id = requestId();
  onSubmit(async (form) => {
    const name = form.elements.name.value.trim();
    const kept = form.dataset.draft;
    const draft = kept ? JSON.parse(kept) : await post('/api/wallets', { name, requestId: id });
    const path = `/api/wallets/${draft.walletId}`;
    show(part('begin'), false);
    warnOfLeaving();
    await openVault({ type: 'make-wallet', draft, name, today: calendarDay(new Date()) }, {
      'wallet-born': async ({ type, ...keys }) => {
        await post(`${path}/keys`, keys);
        return { type: 'wallet-stored' };
      },
      'paper-checked': (message) => activate(path, message),
      closed: finished,
    });
  });
}

/** The paper check of a wallet whose ceremony was interrupted. */
async function checkPaper() {
  const { wallet: id, drill } = part('ids').dataset;
  const path = `/api/wallets/${id}`;
  await openVault(get(path).then((wallet) => ({ type: 'check-paper', wallet })), {
    'paper-checked': (message) => (drill ? drilled : activate)(path, message),
    closed: finished,
  });
}

/** What cannot be taken back is asked again. */
function wallets() {
  for (const form of document.querySelectorAll('form[data-ask]')) {
    form.addEventListener('submit', (event) => {
      if (!confirm(form.dataset.ask)) event.preventDefault();
    });
  }
}

let active = false;

/** Until the paper is checked, leaving means beginning again, or all the words again. */
function warnOfLeaving() {
  addEventListener('beforeunload', (event) => {
    if (!active) event.preventDefault();
  });
}

async function activate(path, { type, ...statement }) {
  const use = (more) => post(`${path}/activate`, { ...statement, ...more });
  // What comes after another wallet takes a code.
  await (part('code-form') ? withCode((code) => use({ code })) : use({}));
  inUse(path);
  return { type: 'wallet-active' };
}

/** The paper of a wallet in use was read back. */
async function drilled(path, { type, ...statement }) {
  await post(`${path}/drill`, statement);
  inUse(path);
  return { type: 'wallet-active' };
}

function inUse(path) {
  active = true;
  show(part('begin'), false);
  show(part('never-saved'), false);
  part('open').href = path.replace('/api', '');
  show(part('done'));
}

function finished() {
  if (!active) complain(new Refused('vault-closed'));
}

/** What this browser remembers of a wallet's key set; public, but a change of it is an alarm. */
const pins = {
  get: (id) => localStorage.getItem(`trefoil.pin.${id}`),
  set: (id, fingerprint) => localStorage.setItem(`trefoil.pin.${id}`, fingerprint),
};

/** The furthest address of a branch that this browser showed or signed; a server that jumps ahead of it is not followed blindly. */
const seen = {
  get: (id, branch) => {
    const index = localStorage.getItem(`trefoil.seen.${branch}.${id}`);
    return index === null ? {} : { seen: Number(index) };
  },
  set: (id, branch, index) => {
    if (index >= (seen.get(id, branch).seen ?? 0)) localStorage.setItem(`trefoil.seen.${branch}.${id}`, index);
  },
};

/** A fresh address, drawn by the vault from the endorsed key set. */
async function receive() {
  const id = part('ids').dataset.wallet;
  const path = `/api/wallets/${id}`;
  part('practice')?.form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = part('practice');
    button.disabled = true;
    calm();
    try {
      await post(`${path}/practice/coins`, {});
    } catch (error) {
      complain(error);
    }
    button.disabled = false;
  });
  const pin = pins.get(id);
  const task = (async () => {
    const wallet = await get(path);
    watch(id, (now) => arrived(wallet.balance, now.balance));
    const { index, address } = await post(`${path}/addresses`, {});
    return { type: 'show-address', wallet, ...(pin && { pin }), ...seen.get(id, 'receive'), index, address };
  })();
  await openVault(task, {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    'address-shown': ({ index }) => seen.set(id, 'receive', index),
    closed: () => {},
  });
}

function arrived(before, now) {
  const gained = now.confirmed + now.pending - before.confirmed - before.pending;
  if (gained <= 0) return;
  part('arrived-amount').textContent = signed(gained);
  part('arrived-how').textContent = now.pending > 0 ? 'on the way' : 'arrived and confirmed';
  show(part('arrived'));
}

/** Follows a wallet; the browser opens the stream again by itself when it breaks. */
function watch(id, tell) {
  const events = new EventSource(`/api/wallets/${id}/events`);
  events.addEventListener('wallet', (event) => tell(JSON.parse(event.data)));
  addEventListener('pagehide', () => events.close());
}

/** Balance and history as they change. */
function wallet() {
  const id = part('ids').dataset.wallet;
  let tip = -1;
  watch(id, async (now) => {
    const { confirmed, pending, reserved } = now.balance;
    part('confirmed').textContent = btc(confirmed);
    part('pending').textContent = signed(pending);
    part('reserved').textContent = btc(reserved);
    show(part('pending-line'), pending !== 0);
    show(part('reserved-line'), reserved !== 0);
    if (tip !== now.tipHeight || now.changed.length > 0) {
      tip = now.tipHeight;
      if (!location.search) drawHistory(id, await get(`/api/wallets/${id}/history`));
    }
  });
}

function drawHistory(id, { items, older }) {
  const rows = items.map((item) => {
    const row = part('row').content.cloneNode(true);
    const link = row.querySelector('a');
    link.href = `/wallets/${id}/tx/${item.replacedBy ?? item.txid}`;
    link.classList.add(item.kind);
    link.classList.toggle('replaced', Boolean(item.replacedBy));
    const what = { in: 'Received', out: 'Sent', self: 'To yourself' }[item.kind];
    part('what', row).textContent = item.note ? `${what} · ${item.note}` : what;
    part('depth', row).textContent = item.replacedBy ? 'replaced' : depth(item.confirmations);
    part('depth', row).classList.toggle('done', item.confirmations > 0);
    const time = document.createElement('time');
    localise(time, item.time * 1000);
    part('time', row).append(time);
    part('delta', row).textContent = signed(item.delta);
    return row;
  });
  part('history').replaceChildren(...rows);
  show(part('no-history'), items.length === 0);
  const more = Boolean(older); // the last page's answer names none
  if (more) part('older').href = `/wallets/${id}?before=${older}`;
  show(part('older'), more);
  show(part('pages'), more);
}

function depth(confirmations) {
  if (confirmations === 0) return 'pending';
  return confirmations >= 6 ? 'confirmed' : `confirmed ${confirmations}×`;
}
