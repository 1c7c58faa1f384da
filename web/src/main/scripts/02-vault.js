/** Whether this browser can run the vault at all; old ones are told so instead of failing half-way. */
function vaultCanRun() {
  return typeof WebAssembly === 'object' && typeof trustedTypes === 'object' && typeof crypto?.getRandomValues === 'function';
}

const LOADER_PATIENCE_MS = 10_000;

/**
 * Opens the vault for one task and hands its messages to `on[type]`; each may answer a message for the vault.
 * The frame is a stranger to this page: an opaque origin that is reached over one port, which carries JSON text.
 * The task may be a promise: what the server says and the vault's start take their time side by side.
 */
async function openVault(task, on) {
  try {
    await startVault(Promise.resolve(task), on);
    await task;
  } catch (error) {
    closeVault();
    throw error;
  }
}

async function startVault(task, on) {
  task.catch(() => {}); // openVault tells it
  const box = part('vault');
  const port = await (usesLauncher() ? launchedVault(box) : framedVault(box));
  let over = false;
  port.onmessage = async (event) => {
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    switch (message.type) {
      case 'ready':
        task.then((wanted) => port.postMessage(JSON.stringify(wanted)), () => {});
        break;
      case 'height':
        resizeVault(box, Number(message.px) || 0);
        break;
      case 'busy':
        box.setAttribute('aria-busy', String(Number(message.percent) < 100));
        break;
      case 'ask-passkey':
        port.postMessage(JSON.stringify(await askForVault(message.passkeys)));
        break;
      case 'ask-rules':
        port.postMessage(JSON.stringify(await heldRules(message)));
        break;
      case 'closed':
        box.removeAttribute('aria-busy');
        // Its last word may be taller than its last measure.
        resizeVault(box, Math.max(box.querySelector('iframe')?.offsetHeight ?? 0, 192));
        if (on.closed) on.closed(message);
        else if (!over) complain(new Refused('vault-closed'));
        break;
      default:
        try {
          const answer = await on[message.type]?.(message);
          if (answer) port.postMessage(JSON.stringify(answer));
        } catch (error) {
          over = true;
          complain(error);
          on.failed?.(error);
        }
    }
  };
}

/** Both bounds are ours: a frame cannot grow over the page. */
function resizeVault(box, px) {
  const frame = box.querySelector('iframe');
  if (frame) frame.style.height = `${Math.min(Math.max(px, 80), 6000)}px`;
}

/** The vault in a frame of this page; our end of its port. */
async function framedVault(box) {
  if (!vaultCanRun()) {
    throw new Refused('browser-too-old');
  }
  box.querySelector('iframe')?.remove();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-downloads allow-modals');
  frame.setAttribute('title', box.getAttribute('aria-label'));
  const ready = new Promise((resolve, reject) => {
    // A loader that is not the pinned one never runs, so it never answers; nor does one that is still on its way.
    const silence = setTimeout(async () => reject(new Refused(await whySilent(box.dataset))), LOADER_PATIENCE_MS);
    addEventListener('message', function hear(event) {
      if (event.source === frame.contentWindow && event.data?.trefoil === 'frame-ready') {
        removeEventListener('message', hear);
        clearTimeout(silence);
        resolve();
      }
    });
  });
  frame.src = '/vault';
  show(box);
  box.append(frame);
  const [wasm] = await Promise.all([fetchVault(box.dataset.wasm), ready]);
  const channel = new MessageChannel();
  frame.contentWindow.postMessage({ trefoil: 'port', wasm }, '*', [channel.port2, wasm]);
  return channel.port1;
}

/** Why no loader answers: another one than ours is there, or the line is slow or broken. */
async function whySilent({ loader, pin }) {
  try {
    const response = await fetch(loader, { credentials: 'omit', cache: 'no-store' });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', await response.arrayBuffer()));
    return response.ok && `sha384-${btoa(String.fromCharCode(...digest))}` !== pin ? 'vault-tampered' : 'vault-late';
  } catch {
    return 'vault-late';
  }
}

let fetched;

/** The vault's bytes. Their hash is compared inside the frame, by the loader that was built with it. */
async function fetchVault(path) {
  fetched ??= fetch(path, { credentials: 'omit' }).then((response) => {
    if (!response.ok) throw new Refused('unreachable');
    return response.arrayBuffer();
  });
  try {
    return (await fetched).slice(0);
  } catch {
    fetched = undefined;
    throw new Refused('unreachable');
  }
}

function closeVault() {
  const box = part('vault');
  closeLaunched();
  box.querySelector('iframe')?.remove();
  box.removeAttribute('aria-busy');
  show(box, false);
}
