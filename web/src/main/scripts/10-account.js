/** Sign up: e-mail here, password in the vault, a proof of it to the server; where a letter comes first, its code is on a page of its own. */
function signup() {
  if (!part('vault')) return;
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  addressCanChange();
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

/** The code of a letter, which is tried before a password is asked for; both go with the account. */
function signupCode() {
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  const fields = part('form').elements;
  addressCanChange();
  fields.code.addEventListener('input', closeVault);
  onSubmit(async () => {
    const email = fields.email.value.trim();
    const code = fields.code.value.trim();
    const again = () => {
      closeVault();
      fields.code.focus();
    };
    try {
      await post('/api/account/signup/code', { email, code });
    } catch (error) {
      again();
      throw error;
    }
    await openVault({ type: 'make-password', email }, {
      'password-made': async ({ salt, kdf, proof }) => {
        location.assign((await post('/api/account/signup', { email, code, salt, kdf, proof })).next);
      },
      failed: again,
    });
  });
  if (fields.email.value) fields.code.focus();
}

/** Sign in: the server says how the password is stretched, the vault stretches it. */
function signin() {
  fetchVault(part('vault').dataset.wasm).catch(() => {});
  signinByPasskey();
  addressCanChange();
  onSubmit(async function ask(form) {
    const email = form.elements.email.value.trim();
    const task = post('/api/account/prelogin', { email }).then(({ salt, kdf }) => ({ type: 'prove-password', salt, kdf }));
    await openVault(task, {
      'password-proved': async ({ proof }) => {
        location.assign((await post('/api/account/signin', { email, proof })).next);
      },
      failed: (error) => {
        startOver(form);
        // Address or password: the one can be mended, the other is asked again at once.
        if (error.token === 'signin-wrong') ask(form).catch(complain);
      },
    });
  });
}

function startOver(form) {
  closeVault();
  form.elements.email.focus();
}

/** A vault that asks for a password asks for that of one address: it closes when another is typed. */
function addressCanChange() {
  part('form').elements.email.addEventListener('input', closeVault);
}

/** Change the password: both in the vault, then the code here; a wrong present one is asked again at once. */
function account() {
  const change = part('change');
  const codeForm = part('code-form');
  const { email } = change.dataset;
  const ask = async () => {
    show(part('changed'), false);
    show(change);
    show(codeForm, false);
    change.disabled = true;
    try {
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
              if (error.token === 'password-wrong') ask();
            }
          };
        },
      });
    } catch (error) {
      change.disabled = false;
      complain(error);
    }
  };
  show(change);
  change.addEventListener('click', () => {
    calm();
    ask();
  });
}

function codes() {
  const print = part('print');
  show(print);
  print.addEventListener('click', () => window.print());
}
