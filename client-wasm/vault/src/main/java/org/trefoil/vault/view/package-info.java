/**
 * The pieces that screens are made of: elements, fields, meters, progress, QR pictures, sentences.
 * Text goes in as text only, looks by class names only. Depends on the browser room and the core.
 */
@NullMarked
package org.trefoil.vault.view;

import org.jspecify.annotations.NullMarked;
