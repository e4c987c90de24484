/** The way in for programs that trade: connect, offer, poll, close. */
package io.lockstep.node.client;
