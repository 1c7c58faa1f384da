/**
 * Passkeys and security keys (WebAuthn Level 3): registered, asked, and what they signed checked.
 * The one room that knows webauthn4j. Depends on core, account, audit and durable.
 */
@NullMarked
package org.trefoil.server.passkey;

import org.jspecify.annotations.NullMarked;
