// A vault outside these pages: in a launcher, a file that the person saved and that runs only what it has checked. It opens /launched
// in a small window, which alone can speak to it (our other pages let no foreign window hold on to them), and which passes texts on
// between it and the tabs of this browser. Once a launcher was connected here, no page of this browser opens a vault of its own.

const LAUNCHED = 'trefoil.launched';
const LAUNCHER_CODES = 3;
const LAUNCHER_PATIENCE_MS = 10_000;

/** Whether passcodes are typed in a launcher only, in this browser. */
function usesLauncher() {
  return localStorage.getItem(LAUNCHED) !== null;
}

let launched;

/** A new vault in the launcher's window; our end of its port. */
async function launchedVault(box) {
  closeLaunched();
  const id = requestId();
  const tabs = new BroadcastChannel(LAUNCHED);
  const { port1, port2 } = new MessageChannel();
  launched = () => {
    tabs.postMessage({ to: 'launcher', id, close: true });
    tabs.close();
  };
  const ready = new Promise((resolve, reject) => {
    const silence = setTimeout(() => reject(new Refused('launcher-away')), LAUNCHER_PATIENCE_MS);
    tabs.onmessage = ({ data }) => {
      if (data?.to !== 'page' || data.id !== id) return;
      if (data.ready) {
        clearTimeout(silence);
        resolve();
      } else if (typeof data.text === 'string') {
        port2.postMessage(data.text);
      }
    };
  });
  port2.onmessage = ({ data }) => tabs.postMessage({ to: 'launcher', id, text: data });
  tabs.postMessage({ to: 'launcher', id, open: true });
  await ready;
  addEventListener('pagehide', closeLaunched, { once: true });
  show(part('vault-here'), false);
  show(part('vault-launched'));
  show(box);
  return port1;
}

function closeLaunched() {
  launched?.();
  launched = undefined;
}

/**
 * The small window: shows a code when it is clicked for one, and passes texts on once its opener knows it. An opener that guesses, and
 * loads this window anew for further tries, gets nowhere without somebody's click each time.
 */
function launchedWindow() {
  part('stop').addEventListener('click', () => {
    localStorage.removeItem(LAUNCHED);
    show(part('uses'), false);
    show(part('stopped'));
  });
  if (opener === null) {
    show(part(usesLauncher() ? 'uses' : 'alone'));
    return;
  }
  part('show-code').addEventListener('click', awaitCode, { once: true });
  show(part('offer'));
}

function awaitCode() {
  const code = String(crypto.getRandomValues(new Uint32Array(2)).reduce((all, each) => (all * 4_294_967_296 + each) % 1_000_000, 0)).padStart(6, '0');
  part('code').textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
  show(part('offer'), false);
  show(part('asking'));
  let tries = LAUNCHER_CODES;
  addEventListener('message', function hear({ source, origin, data, ports: [port] }) {
    // A file on disk has no origin.
    if (source !== opener || origin !== 'null' || data?.trefoil !== 'launcher' || port === undefined) return;
    if (data.code === code) {
      removeEventListener('message', hear);
      passOn(port);
      show(part('asking'), false);
      show(part('passing'));
      source.postMessage({ trefoil: 'paired' }, '*');
      return;
    }
    tries -= 1;
    source.postMessage({ trefoil: 'code-wrong' }, '*');
    if (tries === 0) {
      removeEventListener('message', hear);
      show(part('asking'), false);
      complain(new Refused('launcher-code'));
    }
  });
  opener.postMessage({ trefoil: 'launched' }, '*');
}

function passOn(port) {
  localStorage.setItem(LAUNCHED, '1');
  const tabs = new BroadcastChannel(LAUNCHED);
  tabs.onmessage = ({ data }) => {
    if (data?.to === 'launcher') port.postMessage(data);
  };
  port.onmessage = ({ data }) => {
    if (data?.to === 'page') tabs.postMessage(data);
  };
}
