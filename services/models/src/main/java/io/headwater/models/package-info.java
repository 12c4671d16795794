/** Model packages: folders that hold everything needed to run one version of one model. */
@NullMarked
package io.headwater.models;

import org.jspecify.annotations.NullMarked;
