/** A send: built, shown and half-signed in the vault; the server's half follows after the code. */
async function send() {
  const id = part('ids').dataset.wallet;
  const path = `/api/wallets/${id}`;
  const pin = pins.get(id);
  const request = requestId();
  const task = Promise.all([get(path), get(`${path}/spendable`)])
    .then(([wallet, spendable]) => ({ type: 'send', wallet, ...(pin && { pin }), ...seen.get(id, 'change'), spendable }));
  await openVault(task, {
    pinned: ({ fingerprint }) => pins.set(id, fingerprint),
    'half-signed': async ({ psbt, recipients, everything, feeRate, note, changeIndex, digestWords }) => {
      const view = await post(`${path}/sends`, { requestId: request, psbt, recipients, everything, feeRate, note });
      if (!tookDown(view, recipients, digestWords)) {
        await post(`${path}/sends/${view.sendId}/cancel`).catch(() => {});
        throw new Refused('send-differs');
      }
      if (changeIndex !== undefined) seen.set(id, 'change', changeIndex);
      location.assign(`/wallets/${id}/sends/${view.sendId}`);
    },
    failed: () => send().catch(complain), // a fresh form, under the reason why
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
  if (state === 'NEEDS_FACTOR') return;
  watch(id, async () => {
    const view = await get(`/api/wallets/${id}/sends/${sendId}`);
    part('status').textContent = progress(view);
    part('status').classList.toggle('done', view.state === 'CONFIRMED');
    if (view.txid) {
      part('txid').textContent = view.txid;
      show(part('txid-name'));
      show(part('txid-line'));
    }
  });
}

function progress({ state, confirmations }) {
  switch (state) {
    case 'NEEDS_FACTOR': return 'Waiting for your code';
    case 'SIGNED': return 'Signed, on its way to the network';
    case 'BROADCAST': return 'Sent, waiting for a block';
    case 'CONFIRMED': return confirmations > 1 ? `Confirmed ${confirmations}×` : 'Confirmed';
    case 'CANCELLED': return 'Cancelled';
    case 'EXPIRED': return 'Expired before a code was given';
    case 'REPLACED': return 'Replaced by another transaction';
    default: return 'Refused by the network';
  }
}
