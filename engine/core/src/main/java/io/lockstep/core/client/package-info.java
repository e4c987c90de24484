/**
 * The edge where clients connect: sessions, windows of commands in flight, and outputs held until they may be
 * released.
 */
package io.lockstep.core.client;
