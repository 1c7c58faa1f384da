/**
 * Ways back into an account for whoever lost its password, its second factor or its e-mail address.
 * None of them opens a key. Depends on account, secondfactor, wallets, mail, audit, durable and
 * keyfile.
 */
@NullMarked
package org.trefoil.server.regain;

import org.jspecify.annotations.NullMarked;
