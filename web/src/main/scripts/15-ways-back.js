/** A new password by the link of a mail: typed in the vault, its proof to the server. */
async function newPassword() {
  const begin = part('begin');
  const token = begin.dataset.link;
  const ask = () => openVault({ type: 'make-password', email: begin.dataset.email }, {
    'password-made': async ({ salt, kdf, proof }) => {
      await post('/api/account/new-password', { token, salt, kdf, proof });
      closeVault();
      show(begin, false);
      show(part('done'));
    },
    failed: closeVault,
  });
  await ask();
}

/** Has the vault ask a wallet's keys; `then` gets their signatures with the question's challenge. */
function askKeys(question, then) {
  const task = question.then((asked) => ({ type: 'prove-keys', question: asked, pin: pins.get(asked.wallet.walletId) }));
  return openVault(task, {
    pinned: async ({ fingerprint }) => pins.set((await question).wallet.walletId, fingerprint),
    'keys-proved': async ({ user, backup }) => then({ challenge: (await question).challenge, user, backup }),
  });
}

/** A lost second factor: keys of a wallet speak for the account. */
function factorLost() {
  for (const button of document.querySelectorAll('[data-part="speak"]')) {
    show(button);
    button.addEventListener('click', async () => {
      calm();
      const { wallet, paper } = button.dataset;
      const question = post('/api/account/factor-lost', { wallet, withBackup: paper === 'true' });
      try {
        await askKeys(question, async (answer) => {
          location.assign((await post('/api/account/factor-lost/keys', answer)).next);
        });
      } catch (error) {
        complain(error);
      }
    });
  }
}

/** Another e-mail address: the user key, or the password, in the vault, then the code here. */
function newEmail() {
  const form = part('form');
  if (!form) return;
  const codeForm = part('code-form');
  const { email: present } = part('fields').dataset;
  let wallet = '';
  form.addEventListener('click', (event) => {
    if (event.target.name === 'wallet') wallet = event.target.value;
  });
  onSubmit(async () => {
    const email = form.elements.email.value.trim();
    const proved = (proof) => {
      closeVault();
      show(form, false);
      show(codeForm);
      codeForm.elements.code.focus();
      codeForm.onsubmit = async (event) => {
        event.preventDefault();
        calm();
        try {
          const code = codeForm.elements.code.value.trim();
          location.assign((await post('/api/account/email', { email, code, ...proof })).next);
        } catch (error) {
          complain(error);
          codeForm.elements.code.select();
          show(form, error.token !== 'code-wrong' && error.token !== 'code-used');
        }
      };
    };
    if (wallet) {
      await askKeys(post('/api/account/email/question', { email, wallet }), ({ challenge, user }) => proved({ challenge, user }));
    } else {
      const task = post('/api/account/prelogin', { email: present }).then(({ salt, kdf }) => ({ type: 'prove-password', salt, kdf }));
      await openVault(task, { 'password-proved': ({ proof }) => proved({ proof }) });
    }
  });
}
