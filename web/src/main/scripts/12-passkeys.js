const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toBase64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** What the browser's own dialogue gave; it also ends when the person says no, or waits too long. */
async function passkeyOf(ask) {
  const given = await Promise.resolve().then(ask).catch(() => null);
  if (!given) throw new Refused('passkey-not-given');
  return given;
}

/** Has one of these passkeys sign. */
function signedBy({ challenge, site, passkeys, extensions = {} }) {
  const publicKey = {
    challenge,
    rpId: site,
    userVerification: 'required',
    timeout: 120_000,
    allowCredentials: passkeys.map(({ credential, transports }) => ({
      type: 'public-key',
      id: fromBase64(credential),
      ...(transports.length && { transports }),
    })),
    extensions,
  };
  return passkeyOf(() => navigator.credentials.get({ publicKey }));
}

/** Asks a passkey what the server wants signed. */
async function askPasskey({ challenge, ...more }) {
  const { rawId, response } = await signedBy({ challenge: fromBase64(challenge), ...more });
  return {
    credential: toBase64(rawId),
    clientData: toBase64(response.clientDataJSON),
    authenticatorData: toBase64(response.authenticatorData),
    signature: toBase64(response.signature),
  };
}

const base64url = (text) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/**
 * Has a passkey make, of its salt, what the vault alone is to know. It goes on over the vault's port and nowhere else: into no
 * request, no storage and no log. What the passkey signs beside it is dropped, so the challenge is anything.
 */
async function askForVault(wanted) {
  try {
    const { site, passkeys } = await get('/api/account/passkeys');
    const salts = Object.fromEntries(wanted.map(({ credential, salt }) => [credential, salt]));
    const evalByCredential = Object.fromEntries(
      wanted.map(({ credential, salt }) => [base64url(credential), { first: fromBase64(salt) }]),
    );
    const given = await signedBy({
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      site,
      passkeys: passkeys.filter(({ credential }) => credential in salts),
      extensions: { prf: { evalByCredential } },
    });
    const output = given.getClientExtensionResults().prf?.results?.first;
    if (!output) return { type: 'passkey-failed', answered: true };
    return { type: 'passkey-gave', credential: toBase64(given.rawId), output: toBase64(output) };
  } catch {
    return { type: 'passkey-failed', answered: false };
  }
}

/** Has the browser make one. */
async function makePasskey({ challenge, site, user, email, known }) {
  const publicKey = {
    challenge: fromBase64(challenge),
    rp: { id: site, name: 'Trefoil' },
    user: { id: fromBase64(user), name: email, displayName: email },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: known.map((id) => ({ type: 'public-key', id: fromBase64(id) })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    attestation: 'none',
    timeout: 120_000,
    extensions: { prf: {} }, // so that it can open a vault; what it says to that is never sent
  };
  const { response } = await passkeyOf(() => navigator.credentials.create({ publicKey }));
  return {
    clientData: toBase64(response.clientDataJSON),
    attestation: toBase64(response.attestationObject),
    transports: response.getTransports(),
  };
}

/** Does what a button is for, once at a time, and says why not. */
function onClick(button, act) {
  show(button);
  button.addEventListener('click', async () => {
    calm();
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      complain(error);
    }
    button.disabled = false;
  });
}

/** A passkey in the place of a code: the server gives a code for it, good once, and the form goes on with that. */
function passkeysStandIn() {
  for (const button of document.querySelectorAll('[data-part="stand-in"]')) {
    onClick(button, async () => {
      const answer = await askPasskey(await post('/api/account/step-up/question'));
      const { form } = button;
      form.elements.code.value = (await post('/api/account/step-up', answer)).code;
      form.requestSubmit();
    });
  }
}

/** Sign in with a passkey alone. */
function signinByPasskey() {
  if (!window.PublicKeyCredential) return;
  show(part('passkey-line'));
  onClick(part('passkey'), async () => {
    const answer = await askPasskey(await post('/api/account/passkey-signin/question'));
    location.assign((await post('/api/account/passkey-signin', answer)).next);
  });
}

/** Confirms exactly this send, or says yes to it. */
function confirmByPasskey(wallet, send, name = 'send-passkey', act = 'passkey') {
  const button = part(name);
  if (!button) return;
  onClick(button, async () => {
    const path = `/api/wallets/${wallet}/sends/${send}/${act}`;
    await post(path, await askPasskey(await post(`${path}/question`)));
    location.assign(`/wallets/${wallet}/sends/${send}`);
  });
}

/** Calls `act` instead of sending a form that takes a code, and goes where the answer says. */
function submits(form, act) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    calm();
    try {
      location.assign((await act(form.elements)).next);
    } catch (error) {
      complain(error);
      form.elements.code.select();
    }
  });
}

/** The page of passkeys: one more, another name, one less, one that counts at once. */
function passkeys() {
  const path = '/api/account/passkeys';
  onSubmit(async ({ elements: { name, code } }) => {
    const question = await post(`${path}/question`, { code: code.value.trim() });
    code.value = '';
    location.assign((await post(path, { name: name.value.trim(), ...(await makePasskey(question)) })).next);
  });
  const changes = {
    change: ({ name, signsIn, code }, id) => post(`${path}/${id}`, { name: name.value.trim(), signsIn: signsIn.checked, code: code.value.trim() }),
    remove: ({ code }, id) => post(`${path}/${id}/remove`, { code: code.value.trim() }),
  };
  for (const button of document.querySelectorAll('[data-part="vouch"]')) {
    onClick(button, async () => {
      const one = `${path}/${button.dataset.passkey}/vouch`;
      location.assign((await post(one, await askPasskey(await post(`${one}/question`)))).next);
    });
  }
  for (const [what, change] of Object.entries(changes)) {
    for (const form of document.querySelectorAll(`[data-part="${what}"]`)) {
      submits(form, (elements) => change(elements, form.dataset.passkey));
    }
  }
}
