/** Sends an order flow through a running system and checks every answer. */
package io.lockstep.tools.flow;
