/** What every peer is given and what it must do. */
@NullMarked
package io.headwater.peers.contract;

import org.jspecify.annotations.NullMarked;
