/**
 * The stages: thin Beam graphs around the libraries below. Each gives the same bytes on every
 * runner, at every parallelism and after every retry; no image crosses a shuffle.
 */
package org.contexture.stage;
