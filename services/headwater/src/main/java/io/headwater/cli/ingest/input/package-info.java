/**
 * Reads messages out of files: plain lines, JSON lines and CSV, one at a time and in bounded
 * memory.
 */
@NullMarked
package io.headwater.cli.ingest.input;

import org.jspecify.annotations.NullMarked;
