/**
 * The topics, their records and how these are written and read: all that Headwater's services
 * share.
 *
 * <p>The record classes in {@code io.headwater.avro} are generated from {@code src/main/avro}.
 */
@NullMarked
package io.headwater.schemas;

import org.jspecify.annotations.NullMarked;
