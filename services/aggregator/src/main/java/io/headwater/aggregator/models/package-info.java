/** Which models serve and are tried, and how well: for the dashboard, and to take a canary back. */
@NullMarked
package io.headwater.aggregator.models;

import org.jspecify.annotations.NullMarked;
