/** Manifests, read strictly, and rendered. */
@NullMarked
package io.headwater.k8s.manifest;

import org.jspecify.annotations.NullMarked;
