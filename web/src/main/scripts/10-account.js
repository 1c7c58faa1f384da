/** Sign up: e-mail here, password in the vault, a proof of it to the server. */
function signup() {
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  onSubmit(async (form) => {
    const email = form.elements.email.value.trim();
    await openVault({ type: 'make-password', email }, {
      'password-made': async ({ salt, kdf, proof }) => {
        location.assign((await post('/api/account/signup', { email, salt, kdf, proof })).next);
      },
      failed: () => startOver(form),
    });
  });
}

/** Sign in: the server says how the password is stretched, the vault stretches it. */
function signin() {
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  onSubmit(async (form) => {
    const email = form.elements.email.value.trim();
    const task = post('/api/account/prelogin', { email }).then(({ salt, kdf }) => ({ type: 'prove-password', salt, kdf }));
    await openVault(task, {
      'password-proved': async ({ proof }) => {
        location.assign((await post('/api/account/signin', { email, proof })).next);
      },
      failed: () => startOver(form),
    });
  });
}

function startOver(form) {
  closeVault();
  part('fields').disabled = false;
  form.elements.email.focus();
}

/** Change the password: both in the vault, then the code here. */
function account() {
  const change = part('change');
  const codeForm = part('code-form');
  show(change);
  change.addEventListener('click', async () => {
    calm();
    show(part('changed'), false);
    change.disabled = true;
    try {
      const email = change.dataset.email;
      const task = post('/api/account/prelogin', { email }).then(({ salt, kdf }) => ({ type: 'change-password', email, salt, kdf }));
      await openVault(task, {
        'password-changed': ({ oldProof, salt, kdf, proof }) => {
          closeVault();
          show(change, false);
          show(codeForm);
          codeForm.elements.code.focus();
          codeForm.onsubmit = async (event) => {
            event.preventDefault();
            calm();
            try {
              const code = codeForm.elements.code.value.trim();
              await post('/api/account/password', { oldProof, salt, kdf, proof, code });
              location.assign('/account?changed=1');
            } catch (error) {
              complain(error);
              codeForm.elements.code.select();
            }
          };
        },
      });
    } catch (error) {
      change.disabled = false;
      complain(error);
    }
  });
}

function codes() {
  const print = part('print');
  show(print);
  print.addEventListener('click', () => window.print());
}
