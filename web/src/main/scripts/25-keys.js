/** Asks for the second factor and does `act` with it, again until it is taken. */
function withCode(act) {
  const form = part('code-form');
  show(form);
  form.elements.code.focus();
  form.scrollIntoView({ block: 'nearest' });
  return new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      calm();
      try {
        const answer = await act(form.elements.code.value.trim());
        show(form, false);
        resolve(answer);
      } catch (error) {
        complain(error);
        form.elements.code.select();
      }
    };
  });
}

/** What every task with a known wallet begins with; sheets carry the day on which it was made. */
async function knownWallet(path) {
  const wallet = await get(path);
  const pin = pins.get(wallet.walletId);
  return { wallet, ...(pin && { pin }), born: calendarDay(new Date(wallet.createdAt * 1000)) };
}

/** Another passcode, a second one, whether one is still known, or sheet B once more. */
function passcode() {
  const { wallet: id, now } = part('ids').dataset;
  const path = `/api/wallets/${id}`;
  const more = {
    'change-passcode': (born) => ({ born }),
    'print-sheet': (born) => ({ born }),
    'second-passcode': () => ({}),
    'check-passcode': () => ({ now }),
    'make-opening': async () => ({ passkeys: (await get('/api/account/passkeys')).passkeys.map(({ credential }) => credential) }),
  };
  const open = (type) => {
    calm();
    show(part('begin'), false);
    const task = knownWallet(path).then(async ({ wallet, pin, born }) => ({ type, wallet, ...(pin && { pin }), ...(await more[type](born)) }));
    openVault(task, {
      'passcode-changed': async ({ type: as, ...sealed }) => {
        await withCode((code) => post(`${path}/passcode`, { ...sealed, code }));
        show(part(type === 'change-passcode' ? 'done' : 'second-done'));
        return { type: 'envelope-stored' };
      },
      'opening-made': async ({ opening, sealed, second }) => {
        await withCode((code) => post(`${path}/openings`, { opening, sealed, second, code }));
        show(part('opening-added'));
        return { type: 'opening-stored' };
      },
      'passcode-checked': async ({ mark }) => {
        const { heldBack } = await post(`${path}/passcode/try`, { now, mark });
        show(part('checked'));
        part('held-back-count').textContent = heldBack === 1 ? 'One send' : `${heldBack} sends`;
        show(part('held-back'), heldBack > 0);
      },
      closed: ({ reason }) => { if (reason !== 'done') complain(new Refused('vault-closed')); },
    }).catch(complain);
  };
  show(part('begin'));
  part('change').addEventListener('click', () => open('change-passcode'));
  part('second').addEventListener('click', () => open('second-passcode'));
  part('check').addEventListener('click', () => open('check-passcode'));
  part('print').addEventListener('click', () => open('print-sheet'));
  part('open-by-passkey')?.addEventListener('click', () => open('make-opening'));
  for (const form of document.querySelectorAll('[data-part="remove-opening"]')) {
    submits(form, ({ code }) => post(`${path}/openings/${form.dataset.passkey}/remove`, { code: code.value.trim() }));
  }
}

/** New keys: the ceremony of a wallet that comes after this one. */
function replaceKeys() {
  const older = `/api/wallets/${part('ids').dataset.wallet}`;
  show(part('begin'));
  part('go').addEventListener('click', async () => {
    calm();
    try {
      const [{ wallet, pin }, draft] = await Promise.all([knownWallet(older), post(`${older}/successor`)]);
      const path = `/api/wallets/${draft.walletId}`;
      show(part('begin'), false);
      warnOfLeaving();
      await openVault({ type: 'replace-keys', draft, wallet, ...(pin && { pin }), today: calendarDay(new Date()) }, {
        'wallet-born': async ({ type, ...keys }) => {
          await post(`${path}/keys`, keys);
          return { type: 'wallet-stored' };
        },
        'paper-checked': (message) => activate(path, message),
        closed: finished,
      });
    } catch (error) {
      complain(error);
    }
  });
}

/** What older keys hold goes to the newest ones. */
function move() {
  const path = `/api/wallets/${part('ids').dataset.wallet}`;
  const task = async () => {
    const [spendable, heirs] = await Promise.all([get(`${path}/spendable`), post(`${path}/heirs`)]);
    const heirPin = pins.get(heirs.line.at(-1).wallet.walletId);
    return { type: 'move', spendable, heirs, ...(heirPin && { heirPin }) };
  };
  return sign(task, {});
}
