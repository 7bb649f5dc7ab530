/**
 * Files that are not of this machine: in an object store, in HDFS, in anything Beam has a file
 * system for. They are read and written whole, and what is read often is kept here.
 */
package org.contexture.pipeline.remote;
