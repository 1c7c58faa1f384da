/** The people of a wallet: one more, another role, one less. */
function members() {
  const path = `/api/wallets/${part('ids').dataset.wallet}`;
  const changes = {
    invite: ({ email, role, code }) => post(`${path}/invitations`, { email: email.value.trim(), role: role.value, code: code.value.trim() }),
    member: ({ role, code }, id) => post(`${path}/members/${id}`, { ...(role.value && { role: role.value }), code: code.value.trim() }),
  };
  for (const [what, change] of Object.entries(changes)) {
    for (const form of document.querySelectorAll(`form[data-part="${what}"]`)) {
      form.addEventListener('submit', async (event) => {
        event.preventDefault();
        calm();
        try {
          location.assign((await change(form.elements, form.dataset.member)).next);
        } catch (error) {
          complain(error);
          form.elements.code.select();
        }
      });
    }
  }
}
