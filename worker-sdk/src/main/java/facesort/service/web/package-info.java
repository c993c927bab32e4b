/** What every HTTP interface shares: the owner of a request and the form of an error. */
@NullMarked
package facesort.service.web;

import org.jspecify.annotations.NullMarked;
