/** The HTTP interface and the dashboard page. */
@NullMarked
package io.headwater.aggregator.http;

import org.jspecify.annotations.NullMarked;
