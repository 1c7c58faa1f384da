/*
 * The first thing that runs in the recovery page: closes its network, before anything else is there. The policy above leaves a choice
 * of servers because a page can only narrow what its policy says. Where a person had the page loaded for asking one server
 * (#look-up=…, set by a button that says what that server learns), it stays open to that one origin, and the page takes no keys.
 */
'use strict';
(() => {
  const wanted = /^#look-up=(https?:\/\/.+)$/.exec(location.hash);
  let origin = "'none'";
  if (wanted) {
    try {
      const named = new URL(wanted[1]).origin;
      if (/^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]+)?$/.test(named)) origin = named;
    } catch {
      // no address: it stays closed
    }
  }
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src ${origin}`;
  document.head.append(policy);
  if (origin !== "'none'") document.documentElement.dataset.lookUp = wanted[1];
})();
