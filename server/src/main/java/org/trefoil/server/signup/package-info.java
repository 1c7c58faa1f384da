/**
 * Sign-ups that begin with a letter to the address, so that no stranger learns whether it has an
 * account. Depends on account, mail, durable and keyfile.
 */
@NullMarked
package org.trefoil.server.signup;

import org.jspecify.annotations.NullMarked;
