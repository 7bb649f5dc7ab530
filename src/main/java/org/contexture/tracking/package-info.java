/**
 * What was logged of a training ({@link org.contexture.tracking.TrainingHistory}), in the formats
 * of the tools that people look at trainings with ({@link
 * org.contexture.tracking.TrainingTracker}): CSV, TensorBoard, MLflow. A history is read from what
 * a training left in the store, so that no tracker can change a result, or slow the training that
 * made it.
 */
package org.contexture.tracking;
