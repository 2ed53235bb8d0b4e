package org.manyi.register;

import java.util.Locale;

/** Where a class has its group. */
public enum Channel {
    /** 企业微信. */
    WECOM,
    /** 微信. */
    WECHAT,
    /** 钉钉. */
    DINGTALK,
    /** Elsewhere. */
    OTHER,
    /** It has none. */
    NONE;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
