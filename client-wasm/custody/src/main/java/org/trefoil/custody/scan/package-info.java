/**
 * QR codes out of pictures: what a camera or a scanner saw, as grey values in, texts out. Depends
 * on nothing.
 */
@NullMarked
package org.trefoil.custody.scan;

import org.jspecify.annotations.NullMarked;
