/**
 * How a wallet is born, each stage a type: begun, keyed, endorsed, sealed, paper checked. Depends
 * on the other rooms of custody but {@code paper}; takes entropy as an argument, knows no screen.
 */
@NullMarked
package org.trefoil.custody.birth;

import org.jspecify.annotations.NullMarked;
