package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers the events of all rooms. */
final class EventRecorder implements ChatClientListener {
    private final BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
        events.add(event);
    }

    ChatEvent next() throws InterruptedException {
        ChatEvent event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event in time").isNotNull();
        return event;
    }

    /** The next thing said. */
    String said() throws InterruptedException {
        ChatEvent event = next();
        while (!event.isSaid()) {
            event = next();
        }
        return event.text();
    }
}
