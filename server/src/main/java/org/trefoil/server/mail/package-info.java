/**
 * Mail on its way out: written down with the change that causes it, sent afterwards. Depends on
 * durable and keyfile; only this room speaks SMTP.
 */
@NullMarked
package org.trefoil.server.mail;

import org.jspecify.annotations.NullMarked;
