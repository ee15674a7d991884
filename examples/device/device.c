/*
 * A device in one page: it becomes a node, one of its applications associates with the
 * infrastructure's CSE and asks it for something. The three calls that wait may just as well be
 * stepped in a loop of your own: see libhandfast(3).
 *
 *     example-device PORT     of the MEF, for certificates; in a folder such as factory/device-1
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include <handfast/handfast.h>

static void run(struct hf_task *task)
{
    if (hf_task_run(task) != HF_DONE)
        errx(1, "%s %s", hf_task_report(task)->sentence, hf_task_report(task)->what_to_do);
    hf_task_free(task);
}

static void talk(struct hf_device *device, const char *ae, const char *target)
{
    const struct hf_session_request request = {.method = "GET", .uri = "/-"};
    struct hf_session_response response;
    struct hf_session *session;

    if (hf_session_start(device, ae, target, &session) != HF_OK
        || hf_session_request(session, &request) != HF_OK)
        errx(1, "there is no association to talk over");
    if (hf_session_run(session) != HF_DONE || hf_session_response(session, &response) != HF_OK)
        errx(1, "%s", hf_session_report(session)->sentence);
    printf("%u %s over %s\n", response.status, response.rsc, hf_session_suite(session));
    hf_session_free(session);
}

int main(int argc, char **argv)
{
    const struct hf_device_options options = {
        .provider = "sp.example",
        .mef_fqdn = "mef.sp.example",
        .mef_address = "127.0.0.1",
        .certificate_port = (uint16_t)(argc > 1 ? atoi(argv[1]) : 8443),
        .methods = {"certificate"},
        .method_count = 1,
        .anchors_file = "provider-ca.pem",
        .certificate_file = "device.pem",
        .private_key_file = "device.key",
        .sealed_file = "node.sealed",
        .passphrase_file = "passphrase",
    };
    struct hf_device_enrolment node;
    struct hf_report why;
    struct hf_device *device;
    struct hf_task *task;

    if (hf_device_open(&options, &device, &why) != HF_OK)
        errx(1, "%s %s", why.sentence, why.what_to_do);
    if (hf_bootstrap_start(device, false, &task) != HF_OK)
        errx(1, "out of memory");
    run(task); /* does nothing where the enrolment is in force */

    if (hf_device_enrolment(device, &node) != HF_OK || node.ae_count == 0)
        errx(1, "the provider gave this node no application");
    printf("%s is %s\n", node.node_id, node.cse_id);
    if (hf_associate_start(device, node.ae_ids[0], node.in_cse_id, 0, &task) != HF_OK)
        errx(1, "the identifiers are not absolute");
    run(task); /* a key of its own for this application and this target */

    talk(device, node.ae_ids[0], node.in_cse_id);
    hf_device_close(device);
    return 0;
}
