package io.headwater.trainer.translation.training;

import io.headwater.trainer.translation.TransformerShape;

/**
 * Where training stands.
 *
 * @param epoch passes that are complete
 * @param batch batches of the pass under way that are done
 * @param step optimizer's steps
 * @param shape sizes of the network
 */
record Place(int epoch, int batch, long step, TransformerShape shape) {}
