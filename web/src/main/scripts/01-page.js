// The pages' one script. Its parts share this module's scope; each page runs the part named after it.
// It never sees a passcode, a password or a key: those stay inside the vault frame.

/** The release that this page is of; Pack writes it. A server may refuse old ones. */
const RELEASE = '@@RELEASE@@';

/** The element that plays a part on this page. */
function part(name, within = document) {
  return within.querySelector(`[data-part="${name}"]`);
}

function show(element, visible = true) {
  if (element) element.hidden = !visible;
}

/** A refusal of the server, or of this page, with its token. */
class Refused extends Error {
  constructor(token, sentence = saying(token)) {
    super(token);
    this.token = token;
    this.sentence = sentence;
  }
}

/** The sentence for a refusal that this page makes itself; it stands in the page, from the one list of sentences. */
function saying(token) {
  return document.querySelector(`[data-say="${token}"]`)?.textContent ?? token;
}

/** Shows a refusal at the top of the page, where screen readers announce it. */
function complain(error) {
  const box = part('error');
  if (!box) return;
  const refused = error instanceof Refused ? error : new Refused('internal-error');
  box.dataset.token = refused.token;
  part('error-text', box).textContent = refused.sentence;
  show(box);
  box.scrollIntoView({ block: 'nearest' });
}

function calm() {
  show(part('error'), false);
}

/** Calls the server; throws Refused when it says no. */
async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        'X-Trefoil-Client': RELEASE,
        ...(method === 'GET' ? {} : { 'Content-Type': 'application/json', 'X-Trefoil': '1' }),
      },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch {
    throw new Refused('unreachable');
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Refused('unreachable');
  }
  if (response.ok) return answer;
  if (answer.code === 'not-signed-in') location.assign('/signin');
  throw new Refused(answer.code, answer.title);
}

const get = (path) => call('GET', path);
const post = (path, body) => call('POST', path, body);

/** A request identifier of 128 random bits: the same request twice is done once. */
function requestId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Satoshis as bitcoin with eight decimals, computed on integers. */
function btc(sats) {
  const digits = String(Math.abs(sats)).padStart(9, '0');
  return `${sats < 0 ? '−' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

function signed(sats) {
  return sats > 0 ? `+${btc(sats)}` : btc(sats);
}

/** A moment in the form of the server's pages, and in the person's own time zone; the title keeps UTC. */
function localise(element, moment = element.dateTime) {
  const at = new Date(moment);
  const text = `${calendarDay(at)} ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
  element.dateTime = at.toISOString();
  element.title = `${element.dateTime.slice(0, 16).replace('T', ' ')} UTC`;
  element.textContent = element.dataset.part === 'day' ? calendarDay(at) : text;
}

/** The day that the person's calendar says. */
function calendarDay(at) {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join('-');
}

/** How long it is until a moment, counted down beside it. */
function countDown() {
  const all = document.querySelectorAll('[data-part="left"]');
  const look = () => all.forEach((element) => {
    const minutes = Math.ceil(element.dataset.until / 60 - Date.now() / 60_000);
    element.textContent = minutes > 0 ? `, in ${minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`}` : '';
  });
  look();
  if (all.length > 0) setInterval(look, 5_000);
}

function twoDigits(number) {
  return String(number).padStart(2, '0');
}

/** Lets a form's fields be used and calls `act` instead of sending the form; while it acts they rest. */
function onSubmit(act) {
  const form = part('form');
  const fields = part('fields');
  fields.disabled = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    calm();
    fields.disabled = true;
    try {
      await act(form);
    } catch (error) {
      complain(error);
    }
    fields.disabled = false;
  });
}
