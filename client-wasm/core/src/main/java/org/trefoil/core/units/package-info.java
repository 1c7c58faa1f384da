/** Amounts, fee rates and networks. */
package org.trefoil.core.units;
