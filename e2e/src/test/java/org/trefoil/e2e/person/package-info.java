/** People who use Trefoil: what they know, type and keep. */
package org.trefoil.e2e.person;
