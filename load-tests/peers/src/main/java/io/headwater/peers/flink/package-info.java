/** Apache Flink in its local cluster. */
@NullMarked
package io.headwater.peers.flink;

import org.jspecify.annotations.NullMarked;
