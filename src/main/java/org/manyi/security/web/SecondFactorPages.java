package org.manyi.security.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.manyi.security.FrontDoor;
import org.manyi.security.OwnAccount;
import org.manyi.security.SecondFactor;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own second factor: setting it up by a picture for the phone's camera, its recovery codes, going back. */
@Controller
@RequestMapping("/second-factor")
class SecondFactorPages {

    private final SecondFactor secondFactor;
    private final OwnAccount account;
    private final FrontDoor door;
    private final MessageSource messages;

    SecondFactorPages(SecondFactor secondFactor, OwnAccount account, FrontDoor door, MessageSource messages) {
        this.secondFactor = secondFactor;
        this.account = account;
        this.door = door;
        this.messages = messages;
    }

    @GetMapping
    String show(Model model) {
        SecondFactor.State state = secondFactor.state();
        return state.possible() && !state.enrolled() ? enrolment(secondFactor.offer(), model) : kept(model);
    }

    @PostMapping
    String enrol(
            @RequestParam(defaultValue = "") String offer,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        List<String> codes;
        try {
            codes = secondFactor.enrol(offer, password, code);
        } catch (ValidationException e) {
            refuse(e, model, response);
            return enrolment(secondFactor.offerAgain(offer), model);
        }
        door.reenter(request, response);
        return recoveryCodes(codes, model);
    }

    @PostMapping("/recovery")
    String renewRecoveryCodes(@RequestParam(defaultValue = "") String code, Model model, HttpServletResponse response) {
        try {
            return recoveryCodes(secondFactor.renewRecoveryCodes(code), model);
        } catch (ValidationException e) {
            refuse(e, model, response);
            return kept(model);
        }
    }

    @PostMapping("/remove")
    String remove(
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            secondFactor.remove(code);
        } catch (ValidationException e) {
            refuse(e, model, response);
            return kept(model);
        }
        door.reenter(request, response);
        redirect.addFlashAttribute(
                "flash", messages.getMessage("security.code.said.removed", null, LocaleContextHolder.getLocale()));
        return "redirect:/account";
    }

    private static void refuse(ValidationException refusal, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        model.addAttribute("errors", refusal.fields());
    }

    private String enrolment(SecondFactor.Offer offer, Model model) {
        model.addAttribute("card", account.card());
        model.addAttribute("state", secondFactor.state());
        model.addAttribute("offer", offer);
        model.addAttribute("picture", QrPicture.of(offer.address()));
        return "security/second-factor-new";
    }

    private String kept(Model model) {
        model.addAttribute("state", secondFactor.state());
        return "security/second-factor";
    }

    private static String recoveryCodes(List<String> codes, Model model) {
        model.addAttribute("codes", codes);
        return "security/recovery-codes";
    }
}
