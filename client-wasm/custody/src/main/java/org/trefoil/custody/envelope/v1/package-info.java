/**
 * Sealing and opening the user key: Argon2id, HKDF-SHA256, AES-256-GCM. Version 1 of the format; a
 * later version gets a package of its own beside this one, which is then never edited again.
 */
@NullMarked
package org.trefoil.custody.envelope.v1;

import org.jspecify.annotations.NullMarked;
