/**
 * How parameters change while a network is trained: optimisers, learning-rate schedules and the
 * loop around them. A plain library over DJL arrays. Everything it keeps between steps has a name
 * and can be taken out and put back, so that training resumes exactly where it stopped.
 */
package org.contexture.training;
