/** A send: built, shown and half-signed in the vault; the server's half follows after the code. */
function send() {
  const path = `/api/wallets/${part('ids').dataset.wallet}`;
  return sign(() => get(`${path}/spendable`).then((spendable) => ({ type: 'send', spendable })), {});
}

/** A transaction that waits: another version of our own send, or a child of somebody else's payment. */
function bump() {
  const { wallet: id, how, send: sendId, tx } = part('ids').dataset;
  const place = how === 'CHILD' ? `tx/${tx}` : `sends/${sendId}`;
  const task = () => get(`/api/wallets/${id}/${place}/waiting`).then((waiting) => ({ type: 'bump', how, waiting }));
  return sign(task, how === 'CHILD' ? { speedsUp: tx } : { replaces: sendId });
}

/** Has the vault do what `begin` promises, and hands what it half-signed to the server. */
async function sign(begin, more) {
  const id = part('ids').dataset.wallet;
  const path = `/api/wallets/${id}`;
  const pin = pins.get(id);
  const request = requestId();
  const task = Promise.all([get(path), begin()]).then(([wallet, rest]) => ({ ...rest, wallet, ...(pin && { pin }), ...seen.get(id, 'change') }));
  await openVault(task, {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    reviewing: ({ recipients, fee }) => verdict(path, recipients, fee).catch(complain),
    'half-signed': async ({ psbt, recipients, everything, feeRate, note, changeIndex, digestWords, mark }) => {
      const body = { requestId: request, psbt, recipients, everything, feeRate, note, mark, ...more };
      const view = await post(`${path}/sends`, body);
      if (!tookDown(view, recipients, digestWords)) {
        await post(`${path}/sends/${view.sendId}/cancel`).catch(() => {});
        throw new Refused('send-differs');
      }
      if (changeIndex !== undefined) seen.set(id, 'change', changeIndex);
      location.assign(`/wallets/${id}/sends/${view.sendId}`);
    },
    failed: () => sign(begin, more).catch(complain), // a fresh form, under the reason why
  });
}

/** Coins of another key: looked for by the server, signed for in the vault, which alone has the key. */
async function bringIn() {
  const box = part('ids');
  if (!box) return;
  const id = box.dataset.wallet;
  const path = `/api/wallets/${id}`;
  const pin = pins.get(id);
  const task = async () => {
    const [wallet, { index, address }] = await Promise.all([get(path), post(`${path}/addresses`)]);
    return { type: 'sweep', wallet, ...(pin && { pin }), index, address };
  };
  await openVault(task(), {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    'look-for': async ({ scripts }) => ({ type: 'looked', found: await post(`${path}/foreign-coins`, { scripts }) }),
    swept: async ({ transactions }) => {
      for (const tx of transactions) await post(`${path}/sweeps`, { tx });
      location.assign(`/wallets/${id}`);
    },
    failed: () => bringIn().catch(complain), // a fresh form, under the reason why
  });
}

/** Whether the server took down exactly what the vault half-signed. */
function tookDown(view, recipients, digestWords) {
  const lines = (list) => list.map(({ address, amount }) => `${amount} to ${address}`).join('; ');
  return lines(view.recipients) === lines(recipients) && view.digestWords.join(' ') === digestWords.join(' ');
}

/** The status of a send, as it changes. */
function sendStatus() {
  const { wallet: id, send: sendId, state } = part('ids').dataset;
  if (state === 'NEEDS_SIGNATURES') gatherSignatures();
  if (state === 'NEEDS_FACTOR') confirmByPasskey(id, sendId);
  if (state === 'HELD') confirmByPasskey(id, sendId, 'yes-passkey', 'approve');
  if (state.startsWith('NEEDS_')) return;
  watch(id, async () => {
    const view = await get(`/api/wallets/${id}/sends/${sendId}`);
    if (state !== 'HELD' || view.state !== 'HELD') part('status').textContent = progress(view);
    part('status').classList.toggle('done', view.state === 'CONFIRMED');
    show(part('late'), view.open);
    if (view.replacedBy) part('newer').href = `/wallets/${id}/sends/${view.replacedBy}`;
    show(part('newer-name'), Boolean(view.replacedBy));
    show(part('newer-line'), Boolean(view.replacedBy));
    if (view.txid) {
      part('txid').textContent = view.txid;
      show(part('txid-name'));
      show(part('txid-line'));
    }
  });
}

/** Other owners sign: codes in turn, and a file that fills the field. */
function gatherSignatures() {
  const codes = [...part('codes').children];
  let at = 0;
  if (codes.length > 1) {
    setInterval(() => {
      at = (at + 1) % codes.length;
      codes.forEach((code, number) => show(code, number === at));
    }, 400);
  }
  show(part('psbt-file-line'));
  part('psbt-file').addEventListener('change', async ({ target }) => {
    const bytes = new Uint8Array(await target.files[0].arrayBuffer());
    const binary = [...bytes].map((byte) => String.fromCharCode(byte)).join('');
    part('psbt').value = binary.startsWith('psbt\xff') ? btoa(binary) : binary;
  });
}

function progress({ state, confirmations, replacedBy, reason }) {
  switch (state) {
    case 'NEEDS_SIGNATURES': return 'Waiting for other owners';
    case 'NEEDS_FACTOR': return 'Waiting for your code';
    case 'HELD': return reason === 'second-passcode' ? 'Held back' : 'Waiting, as your rules say';
    case 'SIGNED': return 'Signed, on its way to the network';
    case 'BROADCAST': return 'Sent, waiting for a block';
    case 'CONFIRMED': return confirmations > 1 ? `Confirmed ${confirmations}×` : 'Confirmed';
    case 'CANCELLED': return 'Cancelled';
    case 'EXPIRED': return 'Expired';
    case 'REPLACED': return replacedBy ? 'Replaced by a newer version of it' : 'Replaced by another transaction';
    default: return 'Refused by the network';
  }
}
