/** The gateway's HTTP side: {@code POST /messages} and its problems. */
@NullMarked
package io.headwater.gateway.http;

import org.jspecify.annotations.NullMarked;
