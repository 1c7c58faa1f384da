/**
 * QR codes out of pictures: what a camera or a scanner saw, as grey values in, texts out. Depends
 * on zxing's detector and its Reed-Solomon decoder, and on nothing of ours.
 */
@NullMarked
package org.trefoil.custody.scan;

import org.jspecify.annotations.NullMarked;
