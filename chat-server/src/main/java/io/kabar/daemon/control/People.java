package io.kabar.daemon.control;

/** People in words. */
final class People {

    private People() {}

    /** How many: {@code 1 person}, {@code 2 people}. */
    static String count(int number) {
        return number + (number == 1 ? " person" : " people");
    }
}
