const pages = {
  signup,
  'signup-code': signupCode,
  signin,
  account,
  passkeys,
  'signup-codes': codes,
  'new-password': newPassword,
  'factor-lost': factorLost,
  email: newEmail,
  wallets,
  'wallet-new': newWallet,
  'wallet-check': checkPaper,
  wallet,
  receive,
  rules,
  members,
  passcode,
  replace: replaceKeys,
  move,
  send,
  bump,
  'bring-in': bringIn,
  'send-status': sendStatus,
  launched: launchedWindow,
};

document.querySelectorAll('time[datetime]').forEach((element) => localise(element));
countDown();
passkeysStandIn();

Promise.resolve()
  .then(() => pages[document.body.dataset.page]?.())
  .catch(complain);
