/**
 * Flink clusters: one that is there, which a stage is run on ({@link
 * org.contexture.flink.ClusterRunner}), and one of the processes of this machine, which is started
 * and stopped ({@link org.contexture.flink.LocalCluster}). A cluster is talked to by its REST API
 * alone ({@link org.contexture.flink.ClusterApi}), and no other package knows that there is one.
 *
 * <p><b>Class path</b> ({@link org.contexture.flink.ClusterClassPath}). Native libraries load once
 * for each class loader and only once in a process, and Flink gives every job a class loader of its
 * own: so DJL and PyTorch are in the class path of the cluster. So are all other libraries, which
 * are then loaded and compiled once. A job brings along Contexture, and Avro, which keeps classes
 * by their names in static fields.
 */
package org.contexture.flink;
