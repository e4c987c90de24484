/**
 * Runs the core's own classes in virtual time, on a network, on disks and in processes that fail by seed, and checks
 * after every step what must hold. Not on the path of a message: nothing that ships uses it.
 */
package io.lockstep.simulator;
