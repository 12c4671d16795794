/** Tests of the manifests. */
@NullMarked
package io.headwater.k8s;

import org.jspecify.annotations.NullMarked;
