/** What every rendered overlay must keep to. */
@NullMarked
package io.headwater.k8s.policy;

import org.jspecify.annotations.NullMarked;
