/** Rules about who may use what, checked over the classes of all modules. */
@NullMarked
package facesort.e2e.architecture;

import org.jspecify.annotations.NullMarked;
