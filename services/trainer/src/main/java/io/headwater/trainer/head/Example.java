package io.headwater.trainer.head;

/**
 * One text as training sees it.
 *
 * @param row its features, not standardized
 * @param label index of the right label
 * @param twoWay whether the right label was chosen from negative and positive only
 * @param weight how much it counts
 */
@SuppressWarnings("ArrayRecordComponent") // the row belongs to the features and is shared
record Example(float[] row, int label, boolean twoWay, float weight) {}
