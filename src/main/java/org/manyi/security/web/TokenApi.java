package org.manyi.security.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.manyi.security.FrontDoor;
import org.manyi.shared.MovableClock;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for programs. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Tokens")
class TokenApi {

    private final FrontDoor door;

    TokenApi(FrontDoor door) {
        this.door = door;
    }

    /** A username and its password, and the code of the second factor where the account has one. */
    record Credentials(
            @NotNull @Schema(example = "jijiao") String username,
            @NotNull @Schema(example = "Manyi-2026!") String password,

            @Schema(example = "492039", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            String code) {}

    /** The token and when it ends. */
    record Issued(
            @Schema(example = "mny_5mXlC2qvBq0m1d0g9aY1uQb7r8xKp4nT3wZ6sE2hJcU")
            String token,

            @Schema(example = "2026-03-14T21:30:00+08:00") OffsetDateTime expiresAt) {}

    @PostMapping
    @SecurityRequirements
    @Operation(
            summary = "Take a token",
            description =
                    "Valid for twelve hours. One and the same 401 answers a wrong password, an unknown name, a closed and a"
                            + " locked account. A 401 with the code second-factor-required asks for `code`: six digits of the"
                            + " person's phone, or a recovery code. 429 and 503 carry Retry-After.")
    Issued take(@Valid @RequestBody Credentials credentials, HttpServletRequest request) {
        FrontDoor.Token token =
                door.issueToken(credentials.username(), credentials.password(), credentials.code(), request);
        return new Issued(
                token.value(), token.expiresAt().atZone(MovableClock.ZONE).toOffsetDateTime());
    }

    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Give the token of this request back")
    void giveBack(HttpServletRequest request) {
        door.takeBackToken(request);
    }
}
