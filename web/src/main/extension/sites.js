/* The sites that are held, what is known of each, and a form for another one. */
'use strict';
(async () => {
  const id = (name) => document.getElementById(name);
  const sentences = await (await fetch('sentences.json')).json();

  function sentence(token, what = {}) {
    let text = sentences[token] ?? token;
    for (const [name, value] of Object.entries(what)) text = text.replace(`{${name}}`, value);
    return text;
  }

  async function draw() {
    const { sites = {} } = await chrome.storage.local.get('sites');
    const items = Object.entries(sites).map(([origin, site]) => {
      const item = document.createElement('li');
      const said = document.createElement('p');
      const forget = document.createElement('button');
      const version = /^version (.*)$/m.exec(site.text ?? '')?.[1];
      item.className = site.state;
      item.dataset.testid = 'held';
      item.dataset.state = site.state;
      if (site.state !== 'green' && site.token) item.dataset.token = site.token;
      said.textContent = site.state === 'green' ? `${origin} is release ${version}, as it was signed and logged.` : `${origin}: ${site.token ? sentence(site.token, site.what) : 'not verified yet, and its vault is blocked.'}`;
      forget.type = 'button';
      forget.className = 'quiet';
      forget.textContent = 'Hold it no longer';
      forget.addEventListener('click', () => chrome.runtime.sendMessage({ forget: origin }));
      item.append(said, forget);
      return item;
    });
    id('sites').replaceChildren(...items);
  }

  id('add').addEventListener('click', async () => {
    id('error').hidden = true;
    let origin;
    try {
      origin = new URL(id('site').value).origin;
    } catch {
      origin = '';
    }
    const local = /^http:\/\/(localhost|127\.0\.0\.1)(:[0-9]+)?$/.test(origin);
    const named = local || (/^https:\/\/[a-z0-9.-]+(:[0-9]+)?$/.test(origin) && (await chrome.permissions.request({ origins: [`${origin.replace(/:[0-9]+$/, '')}/*`] })));
    const answer = named ? await chrome.runtime.sendMessage({ add: origin, keys: `${id('keys').value.trim()}\n` }) : { token: 'launcher-site' };
    if (!answer.token) return;
    id('error').dataset.token = answer.token;
    id('error').textContent = sentence(answer.token, answer.what);
    id('error').hidden = false;
  });

  chrome.storage.onChanged.addListener(draw);
  await draw();
})();
